import assert from 'node:assert/strict';

/** Checks that `answer` rejects with this exception name and exactly this message; '' stands for AWS's empty one. */
export async function assertRefused(answer: Promise<unknown>, name: string, message: string | RegExp): Promise<void> {
  await assert.rejects(answer, (error: unknown) => {
    assert.ok(error instanceof Error);
    assert.equal(error.name, name, error.message);
    // The SDK fills in a word of its own where the answer has no message.
    const said = error.message === 'UnknownError' ? '' : error.message;
    if (typeof message === 'string') assert.equal(said, message);
    else assert.match(said, message);
    return true;
  });
}
