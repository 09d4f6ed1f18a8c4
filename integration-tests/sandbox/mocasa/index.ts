export type { MocasaSandbox, MocasaSandboxOptions } from "./sandbox"
export { startMocasaSandbox } from "./start"
