"""Papers: the original sealed by its digest, a cleaned copy to work with, a public copy under masks.

Words: *paper* (an invoice, minutes, a photograph), *sealed original* (the bytes as handed in, never served to
the public), *cleaned copy* (re-made from pixels: no place, device or author in it), *public copy* (re-made
again under the masks a person drew, only after somebody looked), *box* (one mask on one page).

A file is what its bytes say, never what its name says. Pictures are re-encoded; a PDF is kept sealed as
handed in, and what is shown of it are pictures of its pages. The public site cannot import this package.
"""
