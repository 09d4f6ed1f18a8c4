import { Drawer } from "@medusajs/ui"
import type { ReactNode } from "react"
import { useTranslation } from "react-i18next"

/** A drawer over a list, with what is in the row that was opened. */
export function SideDrawer({
  title,
  onClose,
  children,
  footer,
}: {
  title: string
  onClose: () => void
  children: ReactNode
  footer?: ReactNode
}) {
  const { t } = useTranslation() // Medusa's own words
  return (
    <Drawer open onOpenChange={(open) => !open && onClose()}>
      <Drawer.Content
        aria-describedby={undefined}
        className="max-w-full sm:max-w-[560px]"
        ref={(content) => nameClosing(content, t("actions.close"))}
      >
        <Drawer.Header>
          <Drawer.Title>{title}</Drawer.Title>
        </Drawer.Header>
        <Drawer.Body className="divide-y overflow-y-auto p-0">{children}</Drawer.Body>
        {footer !== undefined && <Drawer.Footer>{footer}</Drawer.Footer>}
      </Drawer.Content>
    </Drawer>
  )
}

/** The button that closes it has a sign alone (@medusajs/ui 4.2). */
function nameClosing(content: HTMLElement | null, label: string): void {
  const [closing] = content?.getElementsByTagName("button") ?? []
  if (closing?.textContent === "") {
    closing.setAttribute("aria-label", label)
  }
}
