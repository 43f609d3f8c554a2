/** The time that keys live by: the machine's clock, moved by an offset that tests can change. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  offset(): number;
  /** Sets the distance from the machine's clock, in milliseconds. */
  setOffset(milliseconds: number): void;
}

export function movableClock(initialOffset: number): Clock {
  let offset = initialOffset;
  return {
    now: () => Date.now() + offset,
    offset: () => offset,
    setOffset(milliseconds) {
      offset = milliseconds;
    },
  };
}
