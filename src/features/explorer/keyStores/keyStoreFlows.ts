import { askAboutKeyStore } from './askAboutKeyStore.ts';
import { createKeyStore } from './createKeyStore.ts';
import { deleteKeyStore } from './deleteKeyStore.ts';
import { updateKeyStore } from './updateKeyStore.ts';

/** What is loaded when a key store is created, changed or deleted, which few people do: a file of its own beside the extension's. */
export const keyStoreFlows = { askAboutKeyStore, createKeyStore, updateKeyStore, deleteKeyStore };
