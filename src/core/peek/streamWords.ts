import type { StreamOffset } from '../topology/streamOffset';

/** What reading a stream from there means, for people. A stream is kept in chunks, and those are read whole. */
export function streamCost(offset: StreamOffset): string {
  return `Reading a stream changes nothing: it hands out copies, ${beginning(offset)}.`;
}

/** Said when nothing was there to be read. */
export function nothingToRead(offset: StreamOffset | undefined): string {
  return offset === undefined || offset.from === 'first' || offset.from === 'last'
    ? 'The stream holds no messages.'
    : 'There was no message from there on.';
}

function beginning(offset: StreamOffset): string {
  switch (offset.from) {
    case 'first':
      return 'from the first message on';
    case 'last':
      return 'from the last chunk on, which may hold several messages';
    case 'next':
      return 'of what arrives from now on';
    case 'number':
      return `from offset ${offset.value} on, or from the oldest message where that one is gone`;
    case 'timestamp':
      return `from ${timeText(offset.value)} on; its first chunk may begin with some older messages`;
    case 'age':
      return `from ${offset.value} ago on; its first chunk may begin with some older messages`;
  }
}

/** Seconds since the epoch, which may be more than a date can hold. */
function timeText(seconds: string): string {
  const at = new Date(Number(seconds) * 1_000);
  return Number.isNaN(at.getTime())
    ? `second ${seconds}`
    : at.toISOString().replace('T', ' ').replace('.000Z', ' UTC');
}
