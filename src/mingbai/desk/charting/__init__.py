"""Editing charts at the desk: who may, the table as a form, the table as an Excel sheet.

The draft of the next edition is what is written; the chart in force never changes. A department edits the charts of the
powers that it compiles.
"""
