"""The pages, a module each: a router, a template of the same name, a place in the navigation."""
