import type { KeyPanelMethods } from '../../../protocol/keyPanel.ts';
import type { RpcHandlers } from '../../../protocol/rpc.ts';
import { changeHandlers } from './changeHandlers.ts';
import { dataKeyHandlers } from './dataKeyHandlers.ts';
import { materialHandlers } from './materialHandlers.ts';
import type { PanelSide } from './panelSide.ts';
import { policyHandlers } from './policyHandlers.ts';
import { readingHandlers } from './readingHandlers.ts';
import { trialHandlers } from './trialHandlers.ts';
import { usesHandlers } from './usesHandlers.ts';

/** The table of what a key panel's view can ask for, with the check of each question. */
export function panelHandlers(side: PanelSide): RpcHandlers<KeyPanelMethods> {
  return { ...readingHandlers(side), ...policyHandlers(side), ...changeHandlers(side), ...trialHandlers(side), ...materialHandlers(side), ...dataKeyHandlers(side), ...usesHandlers(side) };
}
