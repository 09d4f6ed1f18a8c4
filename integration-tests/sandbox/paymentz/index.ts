export type { PaymentzSandbox, PaymentzSandboxOptions } from "./sandbox"
export type { PaymentzSettings } from "./sandbox"
export { startPaymentzSandbox } from "./start"
