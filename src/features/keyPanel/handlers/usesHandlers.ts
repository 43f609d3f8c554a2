import { type Handlers, type PanelSide, readNothing } from './panelSide.ts';

/** Where the key is used in the workspace. KMS is not asked. */
export function usesHandlers({ uses }: PanelSide): Handlers<'listUses' | 'scanUses' | 'openUse'> {
  return {
    listUses: { read: readNothing, run: () => uses.list() },
    scanUses: {
      read: readNothing,
      run: async () => {
        await uses.scan();
        return uses.list();
      },
    },
    openUse: {
      read: (params) => (typeof params === 'number' && Number.isInteger(params) && params >= 0 ? { params } : undefined),
      run: async (index) => {
        await uses.open(index);
        return null;
      },
    },
  };
}
