export type { MocopaySandbox, MocopaySandboxOptions } from "./sandbox"
export { startMocopaySandbox } from "./start"
