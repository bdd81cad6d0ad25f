import { ProblemError } from '../../src/api/problem';
import { createQueries } from '../../src/api/queries';

function failing(status: number): ProblemError {
  const words = { type: '', title: '', detail: '', instance: '', request_id: '' };
  return new ProblemError({ ...words, status });
}

async function attempts(error: Error): Promise<number> {
  let count = 0;
  const queries = createQueries();
  const queryFn = (): never => {
    count += 1;
    throw error;
  };
  await expect(queries.fetchQuery({ queryKey: ['x'], queryFn, retryDelay: 1 })).rejects.toBe(
    error
  );
  queries.clear();
  return count;
}

test('a refusal is not asked again', async () => {
  expect(await attempts(failing(403))).toBe(1);
});

test('a mistake of ours is not asked again', async () => {
  expect(await attempts(new TypeError('undefined'))).toBe(1);
});

test('a server that may come back is asked twice more', async () => {
  expect(await attempts(failing(503))).toBe(3);
});
