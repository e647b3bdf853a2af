import card from "../../../models/eye-disease/MODEL_CARD.md?markup";
import type { HttpResponse } from "../../../shared/http/http-message.ts";
import styles from "./model-card.css?raw";
import { renderPage } from "./page.ts";

/** `GET /model-card`: what the packaged model was trained on, how good it is and what it cannot do, in English and Portuguese. */
export function renderModelCardPage(): HttpResponse {
  return renderPage({
    title: "Model card",
    description: "What the packaged model was trained on, how good it is, and what it cannot do",
    body: `<main><p><a href="/">Eye Disease Classifier</a></p>\n${card}</main>`,
    styles,
  });
}
