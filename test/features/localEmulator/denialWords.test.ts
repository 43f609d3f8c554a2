import assert from 'node:assert/strict';
import { denialWords, isDenial } from '../../../src/features/localEmulator/denialWords.ts';
import type { CallEvent } from '../../../src/protocol/emulator.ts';

const denied: CallEvent = {
  event: 'call', operation: 'Decrypt', region: 'eu-west-1', principal: 'arn:aws:iam::111122223333:user/alice', keyId: 'arn:aws:kms:eu-west-1:111122223333:key/1',
  encryptionContextKeys: [], decision: 'deny', reason: 'No statement of the key policy covers it.', statement: null, error: 'AccessDeniedException', ms: 1,
};

const rows: readonly { readonly name: string; readonly event: Partial<CallEvent>; readonly isDenial: boolean; readonly words?: string }[] = [
  { name: 'a denied call', event: {}, isDenial: true, words: 'arn:aws:iam::111122223333:user/alice was denied Decrypt in eu-west-1 with the key arn:aws:kms:eu-west-1:111122223333:key/1. No statement of the key policy covers it.' },
  { name: 'the encryption context by its names', event: { encryptionContextKeys: ['service', 'stage'] }, isDenial: true, words: 'arn:aws:iam::111122223333:user/alice was denied Decrypt in eu-west-1 with the key arn:aws:kms:eu-west-1:111122223333:key/1, under an encryption context of service, stage. No statement of the key policy covers it.' },
  { name: 'a call about no key', event: { operation: 'CreateKey', keyId: null, region: null, reason: 'no identity policy allows it' }, isDenial: true, words: 'arn:aws:iam::111122223333:user/alice was denied CreateKey. no identity policy allows it.' },
  { name: 'an unknown caller', event: { principal: null, keyId: null }, isDenial: true, words: 'A caller whom nobody knows was denied Decrypt in eu-west-1. No statement of the key policy covers it.' },
  { name: 'an allowed call', event: { decision: 'allow', error: null }, isDenial: false },
  { name: 'a call that failed before anybody was asked', event: { error: 'ValidationException' }, isDenial: false },
];

describe('the words about a denied call', () => {
  for (const { name, event, isDenial: expected, words } of rows) {
    it(`tell ${expected ? '' : 'apart '}${name}`, () => {
      const call = { ...denied, ...event };
      assert.equal(isDenial(call), expected);
      if (words !== undefined) assert.equal(denialWords(call), words);
    });
  }
});
