import { labelsAt } from '../objects/objects.ts';
import { parseQuantity } from '../objects/quantity.ts';
import { selects } from '../objects/selector.ts';
import { at, listAt, pairsAt, type Tree, textAt } from '../objects/tree.ts';
import { NOT_NEGATIVE, outside, type Refused, when } from './refused.ts';

/** What the API server refuses in a StatefulSet, apart from its pods (ValidateStatefulSetSpec). */
export function setRefusals(tree: Tree): Refused[] {
  const selector = at(tree, 'spec', 'selector');
  const labels = labelsAt(tree, 'spec', 'template', 'metadata', 'labels');
  const matches = selector === undefined || selects(selector, labels);
  const empty = pairsAt(selector, 'matchLabels').length + listAt(selector, 'matchExpressions').length === 0;
  const onDelete = textAt(tree, 'spec', 'updateStrategy', 'type') === 'OnDelete';
  return [
    ...outside(tree, '', NOT_NEGATIVE, 'spec', 'replicas'),
    ...outside(tree, '', NOT_NEGATIVE, 'spec', 'ordinals', 'start'),
    ...outside(tree, '', NOT_NEGATIVE, 'spec', 'minReadySeconds'),
    ...outside(tree, '', NOT_NEGATIVE, 'spec', 'revisionHistoryLimit'),
    ...outside(tree, '', NOT_NEGATIVE, 'spec', 'updateStrategy', 'rollingUpdate', 'partition'),
    ...when(selector !== undefined && empty, {
      path: 'spec.selector',
      problem: 'is empty',
      remedy: 'give the labels of the pods',
    }),
    ...when(!matches && !empty, {
      path: 'spec.selector',
      problem: 'does not match the labels of spec.template.metadata',
      remedy: 'use the same labels in both',
    }),
    ...when(onDelete && at(tree, 'spec', 'updateStrategy', 'rollingUpdate') !== undefined, {
      path: 'spec.updateStrategy.rollingUpdate',
      problem: 'is set, but the type is OnDelete',
      remedy: 'remove one of the two',
    }),
    ...listAt(tree, 'spec', 'volumeClaimTemplates').flatMap((claim, index) => claimRefusals(claim, index)),
  ];
}

function claimRefusals(claim: Tree, index: number): Refused[] {
  const path = `spec.volumeClaimTemplates[${index}].spec`;
  const bytes = parseQuantity(textAt(claim, 'spec', 'resources', 'requests', 'storage'));
  return [
    ...when(at(claim, 'spec', 'resources', 'requests', 'storage') === undefined, {
      path: `${path}.resources.requests.storage`,
      problem: 'is missing',
      remedy: 'say how large the volume is to be',
    }),
    ...when(bytes !== undefined && bytes <= 0, {
      path: `${path}.resources.requests.storage`,
      problem: 'is not more than 0',
      remedy: 'say how large the volume is to be',
    }),
    ...when(listAt(claim, 'spec', 'accessModes').length === 0, {
      path: `${path}.accessModes`,
      problem: 'is empty',
      remedy: 'give [ReadWriteOnce]',
    }),
  ];
}
