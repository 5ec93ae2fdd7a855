"""How every page looks: layouts, components, template tags, forms, tables and the pages of sign-in and faults.

Pages of other packages extend `ui/layout/*.html` and `{% load ui %}`; `/ui/styleguide` in the demo shows all of it
living. The browser's side (styles, custom elements, icons) is built from `frontend/` into `static/built/`.
Start reading at `templates/ui/layout/base.html`, then `templatetags/ui.py`.
"""
