"""The whole public site as files, that any web server, object store or memory stick can carry.

A copy holds the same pages as the site, made by the same views; links between them are written so that they work
from any folder. What can only be done at the site itself (objections, the desk) leads there.
"""
