/**
 * Times as Go reads and writes them: SOPS hashes and encrypts a YAML timestamp as `MarshalText` of Go's time gives it,
 * which is RFC 3339 with as many digits of the second as there are, and `Z` for an offset of nothing.
 */
const timestamp =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:(?:[Tt](\d{1,2}):(\d{1,2}):(\d{1,2})(?:[.,](\d+))?(Z|[-+]\d\d:\d\d))|(?: (\d{1,2}):(\d{1,2}):(\d{1,2})(?:[.,](\d+))?))?$/;

interface TimeParts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly fraction: string;
  readonly zone: string;
}

/** The RFC 3339 text of a plain YAML scalar that go-yaml takes for a timestamp; undefined if it takes it for another. */
export function readYamlTimestamp(text: string): string | undefined {
  const match = timestamp.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, h1, m1, s1, f1, zone = 'Z', h2, m2, s2, f2] = match;
  const parts: TimeParts = {
    year: Number(year),
    month: Number(month),
    day: Number(day),
    hour: Number(h1 ?? h2 ?? 0),
    minute: Number(m1 ?? m2 ?? 0),
    second: Number(s1 ?? s2 ?? 0),
    fraction: (f1 ?? f2 ?? '').slice(0, 9).replace(/0+$/, ''),
    zone,
  };
  return isTime(parts) ? formatTime(parts) : undefined;
}

/** An RFC 3339 time without fraction, as SOPS writes it into the additional data of the MAC; undefined if it is none. */
export function wholeSeconds(text: string): string | undefined {
  if (!/^\d{4}-\d\d-\d\d[Tt]/.test(text)) return undefined;
  return readYamlTimestamp(text)?.replace(/\.\d+/, '');
}

function isTime({ year, month, day, hour, minute, second, zone }: TimeParts): boolean {
  const daysOfMonth = month === 2 && isLeapYear(year) ? 29 : [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1];
  const [zoneHour = 0, zoneMinute = 0] = zone === 'Z' ? [] : zone.slice(1).split(':').map(Number);
  return (
    daysOfMonth !== undefined && day >= 1 && day <= daysOfMonth &&
    hour < 24 && minute < 60 && second < 60 && zoneHour < 24 && zoneMinute < 60
  );
}

function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

function formatTime({ year, month, day, hour, minute, second, fraction, zone }: TimeParts): string {
  const [date, time] = [[month, day], [hour, minute, second]].map((numbers) => numbers.map((each) => String(each).padStart(2, '0')));
  const zoneText = /^[-+]00:00$/.test(zone) ? 'Z' : zone;
  const dateText = [String(year).padStart(4, '0'), ...(date ?? [])].join('-');
  return `${dateText}T${(time ?? []).join(':')}${fraction === '' ? '' : `.${fraction}`}${zoneText}`;
}
