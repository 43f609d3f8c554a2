import assert from 'node:assert/strict';
import { readExpiry } from '../../../../src/features/keyPanel/material/expiry.ts';

const now = Date.UTC(2026, 0, 12, 3, 4);
const rows: readonly { readonly typed: string; readonly time?: number; readonly problem?: RegExp }[] = [
  { typed: '2026-02-01', time: Date.UTC(2026, 1, 1) },
  { typed: ' 2026-02-01 12:30 ', time: Date.UTC(2026, 1, 1, 12, 30) },
  { typed: '2026-02-01T12:30', time: Date.UTC(2026, 1, 1, 12, 30) },
  { typed: '2027-01-12', time: Date.UTC(2027, 0, 12) },
  { typed: '2026-01-12 03:04', problem: /in the past/ },
  { typed: '2027-01-13', problem: /365 days/ },
  { typed: '2026-02-30', problem: /Write a date/ },
  { typed: '2026-13-01', problem: /Write a date/ },
  { typed: 'tomorrow', problem: /Write a date/ },
  { typed: '', problem: /Write a date/ },
];

describe('readExpiry', () => {
  for (const { typed, time, problem } of rows) {
    it(`reads "${typed}"`, () => {
      const answer = readExpiry(typed, now);
      if ('time' in answer) assert.equal(answer.time, time);
      else assert.match(answer.problem, problem ?? /^$/);
    });
  }
});
