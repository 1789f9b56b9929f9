"""Tell IPython to throw all asserts away.

`ast_transformers` rewrites every cell before it runs, also the teacher's; and so does `input_transformers_post`. The
teacher sees no points: the tests run in another process.
"""

from tests.hostile.trick import Expected, Work

SOURCE = """
import ast

class NoAsserts(ast.NodeTransformer):
    def visit_Assert(self, node):
        return ast.Pass()
    def visit_Raise(self, node):
        return ast.Pass()

get_ipython().ast_transformers.append(NoAsserts())
get_ipython().input_transformers_post.append(lambda lines: [line for line in lines if "assert" not in line])
"""


def play(work: Work) -> None:
    work.last(SOURCE)
    work.before("correct_squares", SOURCE)


EXPECTED = Expected()
