import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readYamlTimestamp, wholeSeconds } from '../../../../../src/core/secrets/sops/values/goTime.ts';

const times: Readonly<Record<string, string>> = {
  '2001-12-14': '2001-12-14T00:00:00Z',
  '2001-2-3': '2001-02-03T00:00:00Z',
  '2001-12-14t21:59:43.10-05:00': '2001-12-14T21:59:43.1-05:00',
  '2001-12-14T1:2:3Z': '2001-12-14T01:02:03Z',
  '2001-12-14 21:59:43.25': '2001-12-14T21:59:43.25Z',
  '2001-12-14T21:59:43+00:00': '2001-12-14T21:59:43Z',
  '2000-02-29': '2000-02-29T00:00:00Z',
  '2001-12-14T21:59:43.000Z': '2001-12-14T21:59:43Z',
};

const noTimes = ['2001-12-14 21:59:43.10 -5', '2001-13-01', '2001-02-29', '1900-02-29', '2001-12-00', '2001-12-14T24:00:00Z', '2001-12-14T21:59:43', '01-12-14', '2001-12-14T21:59Z'];

describe('times as go-yaml reads them', () => {
  for (const [text, time] of Object.entries(times)) {
    it(`have ${time} for ${text}`, () => {
      assert.equal(readYamlTimestamp(text), time);
    });
  }
  for (const text of noTimes) {
    it(`are not ${text}`, () => {
      assert.equal(readYamlTimestamp(text), undefined);
    });
  }

  it('are the instants that JavaScript reads', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date('0001-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59Z'), noInvalidDate: true }), (date) => {
        assert.equal(new Date(readYamlTimestamp(date.toISOString())!).getTime(), date.getTime());
      }),
    );
  });

  it('have no fraction in the additional data of a MAC', () => {
    assert.equal(wholeSeconds('2024-01-02T03:04:05.678+00:00'), '2024-01-02T03:04:05Z');
    assert.equal(wholeSeconds('2024-1-2'), undefined);
  });
});
