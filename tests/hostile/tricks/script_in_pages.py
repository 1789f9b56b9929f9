"""Put scripts wherever a teacher will look.

In a text answer, in HTML output, in a drawing, in an attachment, and in a page beside the notebook. The teacher sees
no points; outputs hold no script, and the page was left out.
"""

import nbformat

from tests.hostile.trick import Expected, Work

SCRIPT = "<script>alert('LOO' + 'T')</script><img src=x onerror=alert(1)><a href='javascript:alert(2)'>x</a>"
SHOW = f"""
from IPython.display import HTML, SVG, Javascript, Latex, Markdown, display
page = {SCRIPT!r}
display(HTML(page), Markdown(page), Latex(page), Javascript("alert(3)"))
display(SVG("<svg xmlns='http://www.w3.org/2000/svg'>" + page.partition("<img")[0] + "</svg>"))
display({{"text/html": page, "application/javascript": "alert(4)", "application/vnd.x+json": {{}}}}, raw=True)
print(page)
class Page:
    def _repr_html_(self):
        return page
Page()
"""


def play(work: Work) -> None:
    work.answer("sum_of_squares_equation", SCRIPT)
    cell = nbformat.v4.new_markdown_cell(f"{SCRIPT} ![x](attachment:x.svg) [y](javascript:alert(5))")
    cell["attachments"] = {"x.svg": {"image/svg+xml": SCRIPT}, "../y.html": {"text/html": SCRIPT}}
    work.cells.append(cell)
    work.first(SHOW)
    for name in ("page.html", "drawing.SVG", "code.js", "problem1.html"):
        (work.folder / name).write_text(SCRIPT)


EXPECTED = Expected(notes=("The file page.html was left out", "The file drawing.SVG was left out"))
