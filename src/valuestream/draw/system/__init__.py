"""All streams of a workspace as one picture: who serves whom, and who builds what."""
