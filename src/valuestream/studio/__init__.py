"""The studio: a workspace in the browser, seen, measured and changed by several at once.

Pages and REST over what the other rooms do; no rule of the field.
"""
