/**
 * How the events of ZooKeeper's log are separated, whatever their text is. Each part begins with a word that is new at each
 * start and that no client knows, and with the number of the part. No layout of log4j 1 can escape a text, and logback can
 * in some releases only. The supervisor can, and it also reads the lines of Java itself.
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
