/** The notebook by which a prompt is evaluated: data, graders, and the run, to be filled in. */
import type { PromptCard, PromptContent } from '../api/models';

interface Cell {
  readonly cell_type: 'code' | 'markdown';
  readonly source: string;
}

const SETUP = `import os
from jupyter_wove_kernels.evaluations import contains, equals, evaluate, judged, judged_by, matches

# A key of yours: Settings, Wove Account, API keys; ai:use, prompts:read and prompts:write.
if "WOVE_API_KEY" not in os.environ:
    from getpass import getpass
    os.environ["WOVE_API_KEY"] = getpass("Key: ")`;

/** Write the cells; names are put in as JSON, which is Python, too. */
export function notebookFor(card: PromptCard, { inputs }: PromptContent, server: string): object {
  const address = `${card.owner.handle}/${card.name}`;
  const columns = [...inputs.map(({ name }) => name), 'expected'];
  const row = columns.map(name => `${JSON.stringify(name)}: "…"`).join(', ');
  const cells: Cell[] = [
    {
      cell_type: 'markdown',
      source: `# How well does ${address} do?\n\nFill in the data and the graders, then run all.`
    },
    {
      cell_type: 'code',
      source: `${SETUP}\nos.environ.setdefault("WOVE_URL", ${JSON.stringify(server)})`
    },
    {
      cell_type: 'code',
      source: `# A data frame or the path of a CSV file will do as well; five rows at least.\ndata = [\n    {${row}},\n]`
    },
    {
      cell_type: 'code',
      source: `found = evaluate(\n    ${JSON.stringify(address)},\n    data,\n    [contains("expected")],\n    versions=["latest"],\n)\nfound`
    },
    { cell_type: 'code', source: 'found.failures' }
  ];
  return {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {
      kernelspec: { name: 'python3', display_name: 'Python 3', language: 'python' }
    },
    cells: cells.map((cell, number) => ({
      ...cell,
      id: `cell-${number}`,
      metadata: {},
      ...(cell.cell_type === 'code' && { outputs: [], execution_count: null })
    }))
  };
}
