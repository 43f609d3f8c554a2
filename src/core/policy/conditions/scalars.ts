const numberPattern = /^[+-]?\d+(?:\.\d+)?$/;
const datePattern = /^\d{4}(?:-\d{2}(?:-\d{2})?)?(T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/;

/** The number that a text of a policy or a request stands for. */
export function numberOf(text: string): number | undefined {
  return numberPattern.test(text) ? Number(text) : undefined;
}

/**
 * Epoch milliseconds of a date in the ISO 8601 forms of https://www.w3.org/TR/NOTE-datetime or of epoch seconds.
 * Without a time zone it is UTC. Four digits are a year.
 */
export function dateOf(text: string): number | undefined {
  const match = datePattern.exec(text);
  if (match === null) {
    const seconds = numberOf(text);
    return seconds === undefined ? undefined : seconds * 1000;
  }
  const time = Date.parse(match[1] !== undefined && match[2] === undefined ? `${text}Z` : text);
  return Number.isNaN(time) ? undefined : time;
}
