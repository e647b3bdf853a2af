export const english = {
  serviceName: "Eye Disease Classifier",
  heading: "What does the model see in this eye?",
  introduction:
    "Give it photographs of the back of an eye. For each it answers with a probability for each of the classes it " +
    "knows, or says why the photograph should be taken again.",
  choose: "Choose photographs",
  orDrop: "or drop them here",
  noPreview: "No preview in this browser.",
  limits: "JPEG, PNG, WebP, TIFF, BMP, GIF, AVIF, JPEG 2000 or DICOM, up to {limit} each",
  // Where the service keeps photographs.
  consent: "The patients agree that this service keeps their photographs",
  noneAtHand: "None at hand?",
  trySample: "Try a sample: a healthy left eye",
  // What identifies the caller, where the service asks for it.
  yourKey: "Your key",
  yourToken: "Your token",
  signedAlone: "This service answers requests that are signed with AWS credentials; a page cannot sign them.",
  // The list of photographs.
  answers: "Answers",
  photograph: "Photograph",
  right: "Right eye",
  left: "Left eye",
  eyes: "Which eye",
  print: "Print",
  printed: "Printed without the photographs and their names.",
  clear: "Remove all",
  remove: "Remove",
  copy: "Copy",
  copied: "Copied",
  showMap: "What moved the answer?",
  mapNote:
    "What moved the answer, not where the disease is. The stronger the light blue over a place, the more it spoke for the predicted class; places without it did not.",
  mapLegend: "The picture is the part of the photograph that the model looks at.",
  waiting: "Waiting for its turn",
  sending: "Sending the photograph…",
  examining: "Examining the photograph…",
  examiningSeveral: "Examining the photographs…",
  // How far to rely on an answer.
  confident: "Most likely",
  confidentOfEach: "The model is sure",
  noneNamed: "None of the classes",
  uncertain: "The model is not sure",
  ungradable: "This photograph cannot be graded",
  not_a_fundus_photograph:
    "It does not look like a photograph of the back of an eye. Check that the right file was chosen, and that it shows one eye alone.",
  too_dark: "Too dark. Raise the flash or the gain, or dilate the pupil, and take it again.",
  too_bright: "Too bright. Lower the flash or the gain and take it again.",
  blurred: "Blurred. Focus again, ask the patient to keep still, and clean the lens.",
  disc_cut_off:
    "The edge of the retina is missing. Send the photograph as the camera took it, not a part of it.",
  reflection:
    "Part of it is overexposed by a reflection. Change the distance or the angle of the camera and take it again.",
  low_contrast: "Hardly any contrast. Look for haze, a dirty lens or stray light, and take it again.",
  uneven_light:
    "One side is in shadow. Centre the camera on the pupil, or dilate the pupil, and take it again.",
  takeAgain: "Before it is taken again:",
  nevertheless: "What the model says nevertheless",
  possible: "In 9 of 10 photographs the right class is among:",
  allPossible: "The model can rule out none of its classes.",
  caution: "A machine's estimate that may be wrong: ask an ophthalmologist.",
  // For whoever develops with the service.
  technical: "Technical details",
  model: "Model",
  version: "version",
  source: "Source",
  mlflow_registry: "MLflow registry",
  local_file: "packaged model",
  localFileNote: "The registry could not serve a version, so the packaged model answered.",
  engine: "Engine",
  modelTime: "Time in the model",
  wholeTime: "Whole request",
  prediction: "Prediction",
  noticeTitle: "Not a medical device.",
  notice:
    "The answer is a machine's estimate and may be wrong. Do not use it to diagnose or to decide about a treatment; " +
    "ask an ophthalmologist.",
  dashboard: "Dashboard",
  modelCard: "What the packaged model can and cannot do",
  privacyTitle: "What happens to a photograph",
  privacySent:
    "It is sent to this service without its file name and without the choice of left or right eye, and examined in memory.",
  // Where there is a bucket of uploads.
  privacyStored:
    "One over {requestLimit} waits encrypted in the service's storage until it is answered, at most two days.",
  privacyKept:
    "The service records the probabilities, the warnings, when and by which version they were made, and measures of the " +
    "picture such as its size and brightness. It keeps no photograph unless whoever runs it has switched that on and the " +
    "box above says that the patients agree, and nothing that names a patient.",
  privacyHere:
    "This page stores nothing but itself, to open without a network, and the language. " +
    "What is copied or printed holds neither a photograph nor a file's name.",
  docs: "Try the API",
  redoc: "Read the API",
  health: "Health",
  metrics: "Metrics",
  // Errors, by the name the service or the page gives them.
  failed: "No answer",
  invalid_image:
    "This file is not a photograph that the service can read, or it is damaged. Please choose a whole JPEG, PNG, WebP, TIFF, BMP, GIF, AVIF, JPEG 2000 or DICOM.",
  invalid_request: "The photograph did not arrive whole. Please try again.",
  empty_file: "This file is empty. Please choose another.",
  unreadable_file:
    "This file cannot be read. If it is a folder, open it and choose the photographs; else choose the file again.",
  invalid_credential:
    "The key or token at the top of this page holds a character that no key has, such as a curly quotation mark. Please enter it again.",
  payload_too_large: "This photograph is too large. Please choose one of at most {limit}.",
  uploads_unavailable:
    "This service takes no photographs over {requestLimit}. Please choose a smaller one, or ask whoever runs it for a bucket for uploads.",
  upload_failed:
    "The photograph did not reach the service's storage. Please check the connection and try again.",
  upload_refused: "The service's storage refused the photograph. Please try again.",
  upload_not_found: "The photograph got lost on its way. Please try again.",
  unsupported_media_type:
    "This kind of file is not accepted. Please choose a JPEG, PNG, WebP, TIFF, BMP, GIF, AVIF, JPEG 2000 or DICOM.",
  missing_file: "No photograph arrived. Please choose one.",
  ungradable_photograph: "This photograph cannot be graded. Please take it again.",
  model_not_loaded:
    "No model is loaded at the moment, so there is no answer. Please try again in a little while.",
  sample_missing: "The sample cannot be loaded at the moment. Please try again.",
  unreachable: "The service cannot be reached. Please check the connection and try again.",
  not_allowed: "This service answers known callers only: your key or token belongs at the top of this page.",
  too_many_requests: "Too many photographs at once. Please try again in a little while.",
  timeout: "The service took too long. Please try again.",
  unknown: "The service failed to answer. Please try again in a little while.",
};

export type TextKey = keyof typeof english;
