/** Words of which one is enough: whoever writes them means the picture. */
const telling =
  /^(preproc\w*|normali[sz]\w*|standardi[sz]\w*|rescal\w*|resiz\w*|resampl\w*|interpolation|antialias\w*|letterbox|clahe|bgr|crop\w*|gamma|graham|equali[sz]\w*|enhance\w*|whitening|denois\w*)$/;
/** Words that mean the picture where only words of pictures stand beside them: `pixel_mean`, not `mean_accuracy`. */
const suggesting =
  /^(means?|stds?|stddev|scal(e|ing)|range|transforms?|colou?rs?|channels?|pad(ding)?|gr[ae]y(scale)?|rgb|size)$/;
const ofPictures = /^(images?|img|pixels?|inputs?|values?|data|norm|space|mode|order|model|target)$/;
/** What is done to pictures of the training alone. */
const ofTraining = /^(aug\w*|train\w*|random|batch|layer|dataset)$/;

/**
 * Whether a name that is not known here looks as if it said how a picture becomes the model's input: `img_mean`,
 * `rescale`, `colorMode`. To ignore it would be to answer wrongly.
 */
export function looksLikePreprocessing(name: string): boolean {
  const words = name
    .replace(/([a-z\d])([A-Z])/g, "$1_$2")
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .filter((word) => word !== "");
  if (words.some((word) => ofTraining.test(word))) return false;
  if (words.some((word) => telling.test(word))) return true;
  return (
    words.some((word) => suggesting.test(word)) &&
    words.every((word) => suggesting.test(word) || ofPictures.test(word))
  );
}
