/** The packaged model's sample: a healthy left eye from the public domain. */
export { default as inBase64 } from "../../models/eye-disease/sample/normal-left-eye-cc0.jpg?base64";
