"""The other process: reads an SVG, writes a PNG or PDF. Run as a script, by picture.py.

Rust that panics here takes only this process with it.
"""

import sys

import vl_convert


def main() -> None:
    """Arguments: png or pdf, the scale, the folder of the packaged fonts or nothing."""
    kind, scale, fonts = sys.argv[1:4]
    if fonts:
        vl_convert.register_font_directory(fonts)
    svg = sys.stdin.buffer.read().decode()
    if kind == "png":
        drawn = vl_convert.svg_to_png(svg, scale=float(scale))
    else:
        drawn = vl_convert.svg_to_pdf(svg)
    sys.stdout.buffer.write(drawn)


if __name__ == "__main__":
    main()
