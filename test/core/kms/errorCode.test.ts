import assert from 'node:assert/strict';
import { KmsExplorerError } from '../../../src/core/kms/errorCode.ts';

describe('KmsExplorerError', () => {
  it('is recognised when it was made by the copy of another bundle', async () => {
    const copy = (await import(new URL('../../../src/core/kms/errorCode.ts?copy', import.meta.url).href)) as {
      KmsExplorerError: typeof KmsExplorerError;
    };
    assert.notEqual(copy.KmsExplorerError, KmsExplorerError);
    assert.ok(new copy.KmsExplorerError('NOT_FOUND', 'x') instanceof KmsExplorerError);
  });

  it('is nothing else', () => {
    for (const other of [new Error('x'), {}, null, undefined, 'text']) assert.ok(!((other) instanceof KmsExplorerError));
  });
});
