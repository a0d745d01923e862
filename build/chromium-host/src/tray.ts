// Tray, Menu and MenuItem: kept, not drawn. Tests click items by `item.click()`.
import { EventEmitter } from 'node:events';
import type { NativeImage } from './native-image.ts';
import { records, unseen } from './records.ts';

export interface ItemTemplate {
  id?: string;
  label?: string;
  type?: string;
  role?: string;
  enabled?: boolean;
  visible?: boolean;
  checked?: boolean;
  accelerator?: string;
  submenu?: Menu | ItemTemplate[];
  click?: (item: MenuItem, ...rest: unknown[]) => void;
}

export class MenuItem {
  readonly id: string;
  readonly type: string;
  readonly role: string | undefined;
  readonly accelerator: string | undefined;
  readonly submenu: Menu | undefined;
  readonly click: (...rest: unknown[]) => void;
  label: string;
  enabled: boolean;
  visible: boolean;
  checked: boolean;

  constructor(template: ItemTemplate) {
    const { submenu, click } = template;
    this.id = template.id ?? '';
    this.type = template.type ?? (submenu ? 'submenu' : 'normal');
    this.role = template.role;
    this.accelerator = template.accelerator;
    this.submenu = Array.isArray(submenu) ? Menu.buildFromTemplate(submenu) : submenu;
    this.label = template.label ?? '';
    this.enabled = template.enabled ?? true;
    this.visible = template.visible ?? true;
    this.checked = template.checked ?? false;
    this.click = (...rest) => {
      if (!this.enabled) return;
      if (this.type === 'checkbox') this.checked = !this.checked;
      click?.(this, ...rest);
    };
  }
}

export class Menu extends EventEmitter {
  static #application: Menu | null = null;
  items: MenuItem[] = [];

  static buildFromTemplate(template: (ItemTemplate | MenuItem)[]): Menu {
    const menu = new Menu();
    menu.items = template.map((item) => (item instanceof MenuItem ? item : new MenuItem(item)));
    return menu;
  }
  static setApplicationMenu(menu: Menu | null): void {
    Menu.#application = menu;
  }
  static getApplicationMenu(): Menu | null {
    return Menu.#application;
  }

  append(item: MenuItem): void {
    this.items.push(item);
  }
  insert(position: number, item: MenuItem): void {
    this.items.splice(position, 0, item);
  }
  /** Looks in submenus too. */
  getMenuItemById(id: string): MenuItem | null {
    for (const item of this.items) {
      const found = item.id === id ? item : item.submenu?.getMenuItemById(id);
      if (found) return found;
    }
    return null;
  }
  popup(): void {
    this.emit('menu-will-show');
    unseen('A menu is not drawn here.');
  }
  closePopup(): void {
    this.emit('menu-will-close');
  }
}

export class Tray extends EventEmitter {
  image: NativeImage | string;
  toolTip = '';
  title = '';
  menu: Menu | null = null;

  constructor(image: NativeImage | string) {
    super();
    this.image = image;
    records.trays.add(this);
  }
  setImage(image: NativeImage | string): void {
    this.image = image;
  }
  setPressedImage(_image: unknown): void {}
  setToolTip(text: string): void {
    this.toolTip = text;
  }
  setTitle(title: string): void {
    this.title = title;
  }
  getTitle(): string {
    return this.title;
  }
  setContextMenu(menu: Menu | null): void {
    this.menu = menu;
  }
  popUpContextMenu(): void {}
  closeContextMenu(): void {}
  setIgnoreDoubleClickEvents(_on: boolean): void {}
  displayBalloon(_options: unknown): void {}
  getBounds() {
    return { x: 0, y: 0, width: 0, height: 0 };
  }
  destroy(): void {
    records.trays.delete(this);
  }
  isDestroyed(): boolean {
    return !records.trays.has(this);
  }
}
