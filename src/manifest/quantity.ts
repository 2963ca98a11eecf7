const POWERS: Readonly<Record<string, number>> = {
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

/** `512Mi`, `2G`, `1.5Gi`, `1e9`: a quantity of Kubernetes as a number, or undefined (resource.Quantity). */
export function parseQuantity(text: string | undefined): number | undefined {
  const [, digits, exponent, suffix = ''] =
    /^(\d+(?:\.\d*)?)(?:([eE][+-]?\d{1,2})|([mkMGTPE]|[KMGTPE]i))?$/.exec(text?.trim() ?? '') ?? [];
  if (digits === undefined) return undefined;
  return Number(`${digits}${exponent ?? ''}`) * (POWERS[suffix] ?? 1);
}
