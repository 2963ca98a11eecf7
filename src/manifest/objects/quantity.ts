const POWERS: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
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

const QUANTITY = /^(\+?(?:\d+(?:\.\d*)?|\.\d+))(?:([eE][+-]?\d{1,3})|([numkMGTPE]|[KMGTPE]i))?$/;

/** `512Mi`, `2G`, `1.5Gi`, `1e9`: a quantity of Kubernetes as a number, or undefined (resource.Quantity). */
export function parseQuantity(text: string | undefined): number | undefined {
  const [, digits, exponent, suffix = ''] = QUANTITY.exec(text ?? '') ?? [];
  if (digits === undefined) return undefined;
  return Number(`${digits}${exponent ?? ''}`) * (POWERS[suffix] ?? 1);
}

/** Whether Kubernetes accepts it as a quantity. It does not accept `512MB`, `1gb` or blanks. */
export function isQuantity(value: unknown): boolean {
  return typeof value === 'string' && parseQuantity(value) !== undefined;
}
