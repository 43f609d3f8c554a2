import { html, render, type TemplateResult } from 'lit';
import '@vscode-elements/elements/dist/vscode-tabs/index.js';
import '@vscode-elements/elements/dist/vscode-tab-header/index.js';
import '@vscode-elements/elements/dist/vscode-tab-panel/index.js';
import type { KeyMetadata } from '../../src/core/kms/keyMetadata.ts';
import type { KeyPanelEvent, KeyPanelMethods, UsesAnswer } from '../../src/protocol/keyPanel.ts';
import { RpcClient, type RpcResponse } from '../../src/protocol/rpc.ts';
import { vscodeApi } from '../shared/vscodeApi.ts';
import { accessView } from './access/accessView.ts';
import { changeView } from './changeView.ts';
import { headerView } from './headerView.ts';
import '../shared/panel.css';
import { KeyPanelModel, type SectionName } from './model.ts';
import { isChanged } from './policy/policyEdit.ts';
import { policyView } from './policy/policyView.ts';
import { valueOf } from '../shared/remote.ts';
import { aliasesView } from './tabs/aliasesView.ts';
import { grantsView } from './tabs/grantsView.ts';
import { materialView } from './tabs/materialView.ts';
import { multiRegionView } from './tabs/multiRegionView.ts';
import { overviewView } from './tabs/overviewView.ts';
import { publicKeyView } from './tabs/publicKeyView.ts';
import { rotationView } from './tabs/rotationView.ts';
import { tagsView } from './tabs/tagsView.ts';
import { tryView } from './tabs/tryView.ts';
import { usesView } from './tabs/usesView.ts';

interface Tab {
  readonly title: (model: KeyPanelModel) => string;
  readonly view: (model: KeyPanelModel) => TemplateResult;
  /** What is asked for when the tab is opened. */
  readonly sections: readonly SectionName[];
  /** The keys that have the tab. */
  readonly fits?: (metadata: KeyMetadata) => boolean;
}

function counted(title: string, count: number | undefined): string {
  return count === undefined || count === 0 ? title : `${title} (${count})`;
}

function usesCount(uses: UsesAnswer | undefined): number | undefined {
  return uses?.read === true ? uses.uses.length : undefined;
}

function hasPublicKey({ keySpec }: KeyMetadata): boolean {
  return keySpec !== 'SYMMETRIC_DEFAULT' && !keySpec.startsWith('HMAC_');
}

const tabs: readonly Tab[] = [
  { title: () => 'Overview', view: overviewView, sections: [] },
  {
    title: ({ state: { policy } }) => {
      const edit = valueOf(policy);
      return `Key policy${edit !== undefined && isChanged(edit) ? ' ●' : ''}`;
    },
    view: policyView,
    sections: [],
  },
  { title: () => 'Access', view: accessView, sections: ['grants', 'identityPolicies'] },
  { title: ({ state }) => counted('Grants', valueOf(state.grants)?.length), view: grantsView, sections: ['grants'] },
  { title: ({ state }) => counted('Aliases', valueOf(state.aliases)?.length), view: aliasesView, sections: [] },
  { title: ({ state }) => counted('Tags', valueOf(state.tags)?.length), view: tagsView, sections: [] },
  { title: () => 'Rotation', view: rotationView, sections: [] },
  { title: () => 'Key material', view: materialView, sections: ['materials'], fits: ({ origin }) => origin === 'EXTERNAL' },
  { title: () => 'Regions', view: multiRegionView, sections: ['regions'] },
  { title: () => 'Public key', view: publicKeyView, sections: ['publicKey'], fits: hasPublicKey },
  { title: () => 'Try', view: tryView, sections: [] },
  { title: ({ state }) => counted('In this workspace', usesCount(valueOf(state.uses))), view: usesView, sections: ['uses'], fits: ({ keyUsage }) => keyUsage === 'ENCRYPT_DECRYPT' },
];

/** Draws the panel and listens to its host. */
function start(root: HTMLElement): void {
  const client = new RpcClient<KeyPanelMethods>((request) => {
    vscodeApi.postMessage(request);
  });
  const model = new KeyPanelModel(client, () => {
    render(panelView(model), root);
  });
  window.addEventListener('message', ({ data }: MessageEvent<RpcResponse | KeyPanelEvent>) => {
    if (data.kind === 'event') model.backendChanged();
    else client.receive(data);
  });
  window.addEventListener('blur', () => {
    model.keepDraft();
  });
  void model.open();
}

function panelView(model: KeyPanelModel): TemplateResult {
  const { opening, metadata } = model.state;
  if (opening === undefined) return html``;
  const known = valueOf(metadata);
  const shown = tabs.filter(({ fits }) => fits === undefined || (known !== undefined && fits(known)));
  const select = (event: CustomEvent<{ readonly selectedIndex: number }>): void => {
    for (const section of shown[event.detail.selectedIndex]?.sections ?? []) void model.ensure(section);
  };
  return html`${headerView(model, opening)} ${changeView(model)}
    <vscode-tabs @vsc-tabs-select=${select}>
      ${shown.map(
        ({ title, view }) => html`<vscode-tab-header slot="header">${title(model)}</vscode-tab-header>
          <vscode-tab-panel>${view(model)}</vscode-tab-panel>`,
      )}
    </vscode-tabs>`;
}

const root = document.getElementById('panel');
if (root !== null) start(root);
