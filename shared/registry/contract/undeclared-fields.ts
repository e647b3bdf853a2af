/** One of these words is enough: they always mean preprocessing. */
const telling =
  /^(preproc\w*|normali[sz]\w*|standardi[sz]\w*|rescal\w*|resiz\w*|resampl\w*|interp(olation)?|antialias\w*|letterbox|clahe|bgr|crop\w*|gamma|graham|equali[sz]\w*|enhance\w*|whitening|denois\w*|subtract\w*|divide[ds]?|divisor|colou?rspace)$/;
/** These mean preprocessing only beside words about pictures: `pixel_mean`, not `mean_accuracy`. */
const suggesting =
  /^(means?|stds?|stddev|scal(e[ds]?|ing)|range|transforms?|colou?rs?|channels?|pad(ding)?|gr[ae]y(scale)?|rgb|size|pixels?|px)$/;
/** These, which are common elsewhere, mean it only beside one of a few words: `zero_center`, not `zero` or `model_variance`. */
const common = /^(variance|imagenet|zero|aspect|mask|bit|eq)$/;
const besideCommon =
  /^(units?|stats|cent(er|re)|keep|circular|depth|hist(ogram)?|images?|img|inputs?|pixels?|px)$/;
const ofPictures =
  /^(images?|img|inputs?|values?|data|norm|space|mode|order|model|target|format|stats|dev(iation)?|units?|cent(er|re)|factor|square|circular|green|depth|hist(ogram)?|ratio|keep|only|to|by)$/;
/** Words for what is done in training only. */
const ofTraining = /^(aug\w*|train\w*|random|batch|layer|dataset)$/;

/**
 * Whether an unknown name looks as if it described how a picture becomes the model's input: `img_mean`, `rescale`,
 * `colorMode`. A version with such an entry would answer wrongly if the entry were ignored.
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
    (words.some((word) => suggesting.test(word)) ||
      (words.some((word) => common.test(word)) && words.some((word) => besideCommon.test(word)))) &&
    words.every((word) => suggesting.test(word) || common.test(word) || ofPictures.test(word))
  );
}
