//! The library of methods in the fake: the real files, in French.
import type { AgendaTemplate, JsonValue, MethodLibrary, MethodView } from '../bindings';

interface Words {
  name: string;
  goal: string;
}
interface MethodFile {
  id: string;
  family: string;
  minutes: { small: number; medium: number; large: number };
  shortest: number;
  fr: Words & { material: string[]; wording: string; steps: string[]; tip: string };
}
interface TemplateFile {
  id: string;
  minutes: number;
  fr: Words;
  methods: string[];
}

const methodFiles = import.meta.glob<MethodFile>('../../../../assets/methods/*.json', { eager: true, import: 'default' });
const templateFiles = import.meta.glob<TemplateFile>('../../../../assets/methods/templates/*.json', { eager: true, import: 'default' });

/** The real library, in French. */
export function library(): MethodLibrary {
  const methods = Object.values(methodFiles).map((one): MethodView => ({ id: one.id, family: one.family, ...one.fr, minutes: [one.minutes.small, one.minutes.medium, one.minutes.large], shortest: one.shortest }));
  const order = ['open', 'propose', 'sort', 'decide', 'act', 'pause', 'close'];
  const templates = Object.values(templateFiles).map((one): AgendaTemplate => ({ id: one.id, minutes: one.minutes, ...one.fr, methods: one.methods }));
  return { methods: methods.sort((a, b) => order.indexOf(a.family) - order.indexOf(b.family)), templates: templates.sort((a, b) => a.minutes - b.minutes) };
}

export const shortest = (method: JsonValue | undefined): number | null => Object.values(methodFiles).find((one) => one.id === method)?.shortest ?? null;

/** What a method gives a séquence. */
export function stepFields(id: string, minutes: number | null, people: number | null): Record<string, JsonValue> {
  const method = library().methods.find((one) => one.id === id);
  if (!method) return {};
  const usual = method.minutes[people === null || (people > 12 && people <= 30) ? 1 : people <= 12 ? 0 : 2];
  return { title: method.name, method: id, minutes: minutes ?? usual, aims: method.goal, material: method.material.join('\n'), wording: method.wording, instructions: [...method.steps, method.tip].join('\n') };
}

export function templateSteps(id: string, people: number | null, minutes: number | null): Record<string, JsonValue>[] {
  const template = library().templates.find((one) => one.id === id);
  const steps = (template?.methods ?? []).map((method) => stepFields(method, null, people));
  const usual = steps.reduce((sum, step) => sum + Number(step.minutes), 0);
  const whole = minutes ?? template?.minutes ?? usual;
  return steps.map((step) => ({ ...step, minutes: Math.max(1, Math.round((Number(step.minutes) * whole) / usual)) }));
}
