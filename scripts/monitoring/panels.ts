import { clientRows } from './panels/clients.ts';
import { machineRows } from './panels/machine.ts';
import type { Row } from './panels/panel.ts';

/** The whole dashboard, from the question of every night down to those of a slow afternoon. */
export const rows: readonly Row[] = [...clientRows, ...machineRows];
