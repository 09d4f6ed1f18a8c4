import { clx, Text } from "@medusajs/ui"
import type { ComponentProps } from "react"

type Props = Omit<ComponentProps<typeof Text>, "size" | "leading" | "weight">

/** What explains or says that there is nothing, in a quieter colour. */
export function SubtleText({ className, ...text }: Props) {
  return <Text size="small" {...text} className={clx("text-ui-fg-subtle", className)} />
}

/** The heading of a part of a section. */
export function StrongText(text: Props) {
  return <Text size="small" leading="compact" weight="plus" {...text} />
}
