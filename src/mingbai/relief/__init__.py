"""Households and persons on relief (救助和补贴): who is enrolled in what, what changed, what is paid each month.

Words: *scheme* (险种之外的一种救助或补贴: 低保, 特困 …), *enrolment* (在领: one scheme from a day, with its confirming
case), *change* (停, 调, 追回), *payment list* (发放名单), *filing* (近亲属备案). Articles: 社会救助法 第45、48条;
最低生活保障审核确认办法 第11、24、32条; 特困人员认定办法 第9、26条; 个人信息保护法 第28条.

It does not decide (`cases` brings the confirmed amount), pay, or stop anything by itself: it says what should stop.
An identity number is never kept, only its keyed digest. The last four digits are not kept either: with the place
and the day of birth they would be the whole number.
"""
