/**
 * How one event of ZooKeeper's log is told apart from the next, whatever stands in it: before each part stands a word that is made
 * anew at each start, which no client knows, and the number of the part. No layout of log4j 1 can escape a text, and those
 * of logback can only for some releases; the supervisor can, and it reads what Java itself writes too.
 */
export const FRAME_PROPERTY = 'zkEntrypoint.frame';

/** The parts of an event, in their order. */
export const FRAME_PARTS = ['time', 'level', 'logger', 'thread', 'message', 'stack'] as const;

/** What stands before part `place`, and after the last one. With a sign at both ends, since it follows a word of the pattern (`%p`). */
export function frameMark(word: string, place: number): string {
  return `|${word}${place}|`;
}

/** The pattern, for both kinds of configuration. */
export function framedPattern(backend: 'log4j' | 'logback'): string {
  const form = "yyyy-MM-dd'T'HH:mm:ss.SSS'Z'";
  const parts =
    backend === 'log4j'
      ? [`%d{${form}}{UTC}`, '%p', '%c', '%t', '%m', '%throwable']
      : [`%d{${form}, UTC}`, '%p', '%c', '%t', '%m', '%ex'];
  const word = `\${${FRAME_PROPERTY}}`;
  return `${parts.map((part, place) => `${frameMark(word, place)}${part}`).join('')}${frameMark(word, parts.length)}%n`;
}
