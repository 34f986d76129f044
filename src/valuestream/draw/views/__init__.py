"""The views: one module each, with a NAME and a function `layout`; found by being here."""
