/**
 * Reads a `mntr` answer into key and text, the last of equal keys winning; lines that are not `zk_…<TAB>text` are
 * left out, so a refusal or a stranger's answer gives an empty map. Any bytes are survived.
 */
export function parseMntr(text: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const line of text.split('\n')) {
    const tab = line.indexOf('\t');
    if (tab > 3 && line.startsWith('zk_')) values.set(line.slice(0, tab), line.slice(tab + 1).trim());
  }
  return values;
}
