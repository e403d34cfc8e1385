"""What is printed: the A4 notice of a case, the card of a power, the handbook of all, each leading back to its page.

Words: *notice* (公示: what, who, how much, until when, where to object), *card* (明白卡), *handbook* (明白册), *code*
(二维码 to the page; on card and handbook also twelve letters by which the sheet is known).
Form: GB/T 9704-2012 (A4, type area 156 × 225 mm, body of 16 pt FangSong size, title of 22 pt). Articles: 村民
委员会组织法 (2025) 第35条.

The sheet is set by typst from a fixed template; all text reaches it as data, never as markup. Each character is
looked up in the font first: a name with a character the font lacks is refused, naming it, instead of printed
with a hole. It reads only what was disclosed, and publishes nothing.
"""
