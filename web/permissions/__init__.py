"""Who may do what: ONE table, asked by pages, API and templates alike.

Asked without an object, a rule says whether this kind of person may do it at all; asked with one, whether they may
do it to this one. Templates ask ``{% load rules %}{% test_rule "roles.change" user role as may_change %}``.
Superusers get nothing extra here: the repair desk is the admin, and it has rights of its own.
"""

from web.permissions.asking import guarded, may, require
from web.permissions.table import PERMISSIONS

__all__ = ["PERMISSIONS", "guarded", "may", "require"]
