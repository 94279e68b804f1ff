//! What a menu of the kit offers.
import type { Component } from 'svelte';

export interface MenuItem {
  label: string;
  run: () => unknown;
  icon?: Component<{ size?: number; 'aria-hidden'?: 'true' }>;
  keys?: string;
  disabled?: boolean;
  testid?: string;
}
