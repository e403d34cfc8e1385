"""The public site: what anyone may read of a village, without an account, on any device, script or none.

Words: *page* (what one address shows, prepared whole as frozen values before a template sees it), *day cell*
(one box for each day of a notice), *strip* (a month's four sums), *proof* (that a page is as it was published).

`pages` prepares, `views` answers an address with one call inward, templates only show. Everything comes from
what was disclosed, logged or enacted; the journal, cases, meetings, books and papers cannot be reached from
here, and an import contract keeps it so. The style sheet and base page are shared with the desk.

Articles: 村民委员会组织法 (2025) 第35条, 第36条; 个人信息保护法 第6条. It publishes nothing itself.
"""
