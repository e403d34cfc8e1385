"""Flow charts as data: written by the department that owns them, proved before use, run, and drawn.

Words: *chart* or *procedure* (one file), *node* (a box: task, choice, both, join, meeting, publicity, payment, call,
end), *lane* (who), *exit* (an arrow), *marking* (the nodes a running case waits at), *fact* (a value entered at a
node). Sub-procedures (四议两公开) are called and flattened when compiled: node `x` of a sub-procedure called at `y`
becomes `y__x`.

Articles: 淮上区实施方案 第三部分(二) (what a chart must say); 村民委员会组织法 24-30, 35. This package runs nothing by
itself and keeps no table; `cases` runs charts.
"""
