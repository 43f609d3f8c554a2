import { html, render, type TemplateResult } from 'lit';
import '@vscode-elements/elements/dist/vscode-tabs/index.js';
import '@vscode-elements/elements/dist/vscode-tab-header/index.js';
import '@vscode-elements/elements/dist/vscode-tab-panel/index.js';
import type { KeyPanelEvent, KeyPanelMethods } from '../../src/protocol/keyPanel.ts';
import { RpcClient, type RpcResponse } from '../../src/protocol/rpc.ts';
import { vscodeApi } from '../shared/vscodeApi.ts';
import { headerView } from './headerView.ts';
import './keyPanel.css';
import { labelsView } from './labelsView.ts';
import { KeyPanelModel } from './model.ts';
import { overviewView } from './overviewView.ts';
import { isChanged } from './policyEdit.ts';
import { policyView } from './policyView.ts';
import { valueOf } from './remote.ts';
import { remoteView } from './remoteView.ts';
import { rotationView } from './rotationView.ts';

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
  const { opening, metadata, aliases, tags, policy } = model.state;
  if (opening === undefined) return html``;
  const edit = valueOf(policy);
  const labels = (valueOf(aliases)?.length ?? 0) + (valueOf(tags)?.length ?? 0);
  return html`${headerView(model, opening)}
    <vscode-tabs>
      <vscode-tab-header slot="header">Overview</vscode-tab-header>
      <vscode-tab-panel>
        ${remoteView(metadata, 'the metadata', () => void model.load('metadata'), overviewView)}
      </vscode-tab-panel>
      <vscode-tab-header slot="header">Key policy${edit !== undefined && isChanged(edit) ? ' ●' : ''}</vscode-tab-header>
      <vscode-tab-panel>${policyView(model)}</vscode-tab-panel>
      <vscode-tab-header slot="header">Aliases and tags${labels === 0 ? '' : ` (${labels})`}</vscode-tab-header>
      <vscode-tab-panel>${labelsView(model)}</vscode-tab-panel>
      <vscode-tab-header slot="header">Rotation</vscode-tab-header>
      <vscode-tab-panel>${rotationView(model)}</vscode-tab-panel>
    </vscode-tabs>`;
}

const root = document.getElementById('panel');
if (root !== null) start(root);
