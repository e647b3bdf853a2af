import { createRandom } from "../../statistics/repeatable-random.ts";

/** A picture that a version is tried with, as RGB values 0..255. Any model must answer it with probabilities. */
export interface TrialPicture {
  name: string;
  /** Its values `[height, width, 3]`. */
  create(height: number, width: number): Uint8Array;
}

/** models/eye-disease/sample/normal-left-eye-cc0.jpg (CC0), 24 x 24 pixels, RGB, base64. */
const photograph = [
  "AgABAgABAgABAgABAwABAgAAAAAADQQEPxgSbSkfizUpkzgrkDYqgjMoZychOxcTDgUFAAAAAgAABAECAwABAgABAgABAgABAgABAgABAgAB",
  "BAECAAAACgMDXSMbrEAvyEs4yVA7wkw4uUU0uEY2uUc3vUo4vUw6pkU1XykfDQcFAAAAAQAAAgABAgABAgABAgABAgABBAABAAAAKxEMnzkr",
  "zUs3zE04xlE8w1A8vUY3vko6vks5u0k4uUg2uU04wFA7ylU+mD4vXyQgNRYUAAAAAwABAgABAgABBAECAAAAOhcRw0o20VI7xks40FVB0FpG",
  "zFRCy1lDx1M+w086w1A7wk46wUs2wEk0vEczvUg0y1M/hjwvAAAAAwABAgABBAECAAAAKhANwUw40VE7zldA01tH2mNN2WBK1lpE0lc/zVE7",
  "yU85yU03ykw2yks1yU01x001v0szukkzq0MyKhAOAAAABAECAAAACQQDo0Ex01Q9zVhD02NN2F5L3FpG3lZC2VA81U46z0o2zk440E85zk02",
  "zU02zE01yUszwEkytUEtvUMzmDkvCwQEAAAAAAAAYC0i1VpCzlhD1mtU01ZG2l5M5GRN6V9F5lg/4FE82E4600o21Uw300s30Es0z0szx0Qw",
  "vT0tv0IuukQvwUo4XCQeAAAACwIDrlE/0WFL1WhR12BN22BP5GtQ515E6V1D6FpB5lhB4lhA3lY+2kw21Uk00kUyzUIvyEIvxUQvwkMuuUAs",
  "vUYzpEAyDgUFPhkTzFRE0WtR22ZL32ZU6Xdc6GNJ7GBI61xE6FxD6GFH415E3lg+3VM53FA32ksz2Egx00cwykQuwkMtvEAsuEIuwkk4PxgV",
  "cS4i1VM+3VxA9WxO94Ze7HFR72lP7WlM6mRH5GBF4V5E3l9C3l0/31c74VI44VA23Uky2EYvzUQuwkEsukAst0Iuxkg2bikhkjYn3Vo894BV",
  "/5Nw/bd874FT8XBR7mpM52FD4F0+2Vk70lY21VU131k55VY651I340oy20cv0EQuxUAsuz8rs0Atv0czhDMopD0s2Vc983tW/px9/s6L9opT",
  "8G1N72xL418+21U3zEwvuzgdwTYb1Uks5VU051Q24ksy20cw0kMuy0IuvUAstD4st0QxhzUopUIw01lB3WJF+INf9Zll83lP8WlK72pK5WdH",
  "2Fo7zEsvujgewDYc00kt4VQ04lM230sy2Egwz0cvx0Quu0EtsT4ss0MwhjUnkz4u1mFIy1dD22lP6XxY73FR7mZK7GZJ6WVI4GJE2Fw80FU2",
  "0FQ12lk631o63lM32k001UwzyEkwwEUuu0MusUEutkQyfzEmcTIm119HzVtI0VhH4WxU7G9V8GhM8mVJ7GRH5GBD32BC3GBC211A3V0+3Vc7",
  "2lE42E0100szy0gyxkYwv0Mus0Mvu0c1ZScePhsUz1RA1F9I21xJ5GBO7G9X72xR8WVJ62BF5ltB4VhA3FY+2VY82lc82lM611A42FA21U02",
  "zUkzx0YxvkIuskMvuUc0OxYRCwMDskk21V1F119I2VtK5G5W6mpR6mFI51c/41Q93FI82E872VI72VM72VI62E432FA41U83zks0x0ozv0Yw",
  "u0YzoD4vDQQEAAAAXycc3Fg/011E1VlF3mFM5mtS52hP5mBH4FhA2VQ91lE71k8611E61E451k851lM61FM50U83y0o0wEczzE05XiQbAAAA",
  "AAABCQMCsEQw3FpB0FQ+1lRC4GhQ5GxT4WtQ3WNJ1VlB0lU/0VA60E87z0w501M801U8zlE5zE82x0szzE43oj4vCwMDAAAABAECAAAAKxAL",
  "x1A31lc9zlQ+0lZC2lpE1l5I019Iz1pEy1VAzFM9zE87yks3zlE6z1A5zU84xks1yks1vkQzKQ4LAAAABAEBAgABBAECAAAAPRgRyk423FY9",
  "zlQ9yU46ykw6w0o6wUk4wVA9v0w7wEQ0w0c2xUc0xUg0xUg1zEs3wUc1PBUQAAAABAECAgABAgABAgABBAEBAAAAKhALr0At3VM6yk42v0cz",
  "wUw2ukUytT8wtD8vt0Ewtz8uuUAvw0Qyzko2pz8uKhAMAAAABAABAgABAgABAgABAgABAgABBAEBAAAACwQDYSMZsUEswUMuxUcxwkYxukAt",
  "uD4tvEAtwUAtwkMvqzsrXyEYCwMDAAAABAEBAgABAgABAgABAgABAgABAgABAQABBAEBAgEBAAAADQQDPBMOaCQYfyodhy0giy4ghCkeaiEY",
  "PhQPDQQDAAAAAgABBAEBAgABAgABAgABAgAB",
].join("");
const photographSide = 24;

/** A photograph, black, white and noise, in this order: the first is what a model is made for. Each is made when it is asked for. */
export const trialPictures: readonly [TrialPicture, ...TrialPicture[]] = [
  { name: "photograph", create: enlargePhotograph },
  { name: "black picture", create: (height, width) => new Uint8Array(height * width * 3) },
  { name: "white picture", create: (height, width) => new Uint8Array(height * width * 3).fill(255) },
  { name: "picture of noise", create: createNoise },
];

function enlargePhotograph(height: number, width: number): Uint8Array {
  const bytes = Buffer.from(photograph, "base64");
  const values = new Uint8Array(height * width * 3);
  let i = 0;
  for (let row = 0; row < height; row++) {
    const y = Math.floor((row * photographSide) / height);
    for (let column = 0; column < width; column++) {
      const x = Math.floor((column * photographSide) / width);
      const from = (y * photographSide + x) * 3;
      for (let channel = 0; channel < 3; channel++) values[i++] = bytes[from + channel] as number;
    }
  }
  return values;
}

function createNoise(height: number, width: number): Uint8Array {
  const random = createRandom(1);
  const values = new Uint8Array(height * width * 3);
  for (let i = 0; i < values.length; i++) values[i] = random() * 256;
  return values;
}
