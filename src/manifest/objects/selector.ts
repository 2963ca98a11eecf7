import { type Labels, labelsAt } from './objects.ts';
import { at, listAt, type Tree, textAt } from './tree.ts';

/**
 * Whether a LabelSelector selects pods with these labels: all its matchLabels and matchExpressions must match. An empty
 * selector selects all pods, and a missing one selects no pod (Kubernetes' "Labels and Selectors").
 */
export function selects(selector: Tree, labels: Labels): boolean {
  if (selector === undefined || selector === null) return false;
  return (
    containsAll(labelsAt(selector, 'matchLabels'), labels) &&
    listAt(selector, 'matchExpressions').every((expression) => satisfies(expression, labels))
  );
}

/** Whether the plain selector of a Service selects pods with these labels. An empty one selects no pod. */
export function serviceSelects(service: Tree, labels: Labels): boolean {
  const wanted = labelsAt(service, 'spec', 'selector');
  return wanted.size > 0 && containsAll(wanted, labels);
}

function containsAll(wanted: Labels, labels: Labels): boolean {
  return [...wanted].every(([key, value]) => labels.get(key) === value);
}

function satisfies(expression: Tree, labels: Labels): boolean {
  const value = labels.get(textAt(expression, 'key') ?? '');
  const values = listAt(expression, 'values').map((item) => textAt(item));
  switch (textAt(expression, 'operator')) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    default:
      return false;
  }
}

/** A selector on one line, for people: `app=zk, tier In (a, b)`. */
export function selectorText(selector: Tree): string {
  const equal = [...labelsAt(selector, 'matchLabels')].map(([key, value]) => `${key}=${value}`);
  const expressions = listAt(selector, 'matchExpressions').map((expression) => {
    const values = listAt(expression, 'values').map((item) => textAt(item) ?? '');
    const list = values.length > 0 ? ` (${values.join(', ')})` : '';
    return `${textAt(expression, 'key') ?? ''} ${textAt(expression, 'operator') ?? ''}${list}`;
  });
  return [...equal, ...expressions].join(', ') || '(empty)';
}

/** Labels on one line, for people: `app=zk`. */
export function labelsText(labels: Labels): string {
  return [...labels].map(([key, value]) => `${key}=${value}`).join(', ') || 'no labels';
}

/** The plain selector of a Service in the form of a LabelSelector. */
export function serviceSelector(service: Tree): Tree {
  return { matchLabels: at(service, 'spec', 'selector') };
}
