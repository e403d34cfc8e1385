"""The village ledger: double entry, every line public, nothing left out.

Words: a *book* (账簿) is one village's; a *voucher* (凭证) is one act of bookkeeping with two or more
*lines* (分录); a *period* (会计期间) is a month, closed once; a *contra-voucher* (红字凭证) corrects.

Articles: 农村集体经济组织会计制度(财会〔2023〕14号); 会计法(2024修正) 第14条; 现金管理暂行条例 第5、6条;
村民委员会组织法(2025修正) 第28条. Amounts are whole fen.

It does not decide whether a payment is approved (`cases` brings the decision), hold bank accounts, or
judge whether a purchase was split (`supervision`).
"""
