"""Papers: the original sealed by its digest, a cleaned copy for those who work with it, a public copy with masks.

Words: *paper* (an invoice, minutes, a photograph), *sealed original* (the bytes as handed in, never served to the
public), *cleaned copy* (re-made from pixels: no place, device or author in it), *public copy* (re-made again under
the masks a person drew, only after somebody looked), *box* (one mask on one page, in pixels of the cleaned copy).

A file is what its bytes say, never what its name says. Pictures are re-encoded; of a PDF only the sealed original is
kept and no public copy is made until its pages are photographed. The public site cannot import this package.
"""
