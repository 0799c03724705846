//! SGP4 against the verification output published with its revision.
//!
//! Source of every number: Vallado, Crawford, Hujsak and Kelso, *Revisiting Spacetrack Report #3*, AIAA 2006-6753, files
//! `SGP4-VER.TLE` and `tcppver.out`; first, middle and last state of each object.

use glam::DVec3;
use orbit::{ElementSet, Ephemeris, Sgp4};
use timeline::{Duration, Time};

/// One object: rev/day, eccentricity, inclination, node, perigee, mean anomaly (degrees), B*.
struct Case {
    number: u32,
    epoch: &'static str,
    elements: [f64; 7],
    states: [Published; 3],
}

struct Published {
    minutes: f64,
    position_km: [f64; 3],
    velocity_km_s: [f64; 3],
}

#[test]
fn published_states_are_met() {
    for case in CASES {
        let sgp4 = Sgp4::new(case.element_set()).unwrap();
        for published in &case.states {
            check(&sgp4, case, published);
        }
    }
}

fn check(sgp4: &Sgp4, case: &Case, published: &Published) {
    let time = sgp4.elements().epoch + Duration::from_seconds(published.minutes * 60.0);
    let state = sgp4.state(time).expect("the published program has a state");
    let off_km = (state.position_km - DVec3::from(published.position_km)).abs().max_element();
    let off_km_s = (state.velocity_km_s - DVec3::from(published.velocity_km_s)).abs().max_element();
    let context = format!("{} after {} min", case.number, published.minutes);
    assert!(off_km < 1e-6, "{context}: {off_km} km off");
    assert!(off_km_s < 1e-8, "{context}: {off_km_s} km/s off");
}

impl Case {
    fn element_set(&self) -> ElementSet {
        let [
            mean_motion_rev_day,
            eccentricity,
            inclination_deg,
            raan_deg,
            perigee_deg,
            mean_anomaly_deg,
            bstar,
        ] = self.elements;
        ElementSet {
            name: self.number.to_string(),
            designator: String::new(),
            catalogue_number: self.number,
            classification: 'U',
            epoch: self.epoch.parse::<Time>().expect("an epoch"),
            mean_motion_rev_day,
            eccentricity,
            inclination_deg,
            raan_deg,
            perigee_deg,
            mean_anomaly_deg,
            bstar,
            mean_motion_dot: 0.0,
            mean_motion_ddot: 0.0,
            element_set_number: 0,
            revolution: 0,
        }
    }
}

const CASES: &[Case] = &[
    Case {
        number: 5,
        epoch: "2000-06-27T18:50:19.733568",
        elements: [10.82419157, 0.1859667, 34.2682, 348.7242, 331.7664, 19.3264, 2.8098e-05],
        states: [
            Published {
                minutes: 0.0,
                position_km: [7_022.465_292_66, -1_400.082_967_55, 0.039_951_55],
                velocity_km_s: [1.893_841_015, 6.405_893_759, 4.534_807_250],
            },
            Published {
                minutes: 2_160.0,
                position_km: [190.197_969_88, 7_746.966_536_14, 5_110.006_754_12],
                velocity_km_s: [-6.112_325_142, 1.527_008_184, -0.139_152_358],
            },
            Published {
                minutes: 4_320.0,
                position_km: [-9_060.473_735_69, 4_658.709_525_02, 813.686_731_53],
                velocity_km_s: [-2.232_832_783, -4.110_453_490, -3.157_345_433],
            },
        ],
    },
    Case {
        number: 4632,
        epoch: "2004-01-31T21:51:25.308576",
        elements: [1.20231981, 0.1450506, 11.4628, 273.1101, 207.6, 143.935, 0.0001],
        states: [
            Published {
                minutes: 0.0,
                position_km: [2_334.114_500_85, -41_920.440_353_49, -0.038_674_37],
                velocity_km_s: [2.826_321_032, -0.065_091_664, 0.570_936_053],
            },
            Published {
                minutes: -5_064.0,
                position_km: [-32_982.568_701_01, -11_125.549_966_09, -6_803.284_727_71],
                velocity_km_s: [0.617_446_996, -3.379_240_041, 0.085_954_707],
            },
            Published {
                minutes: -4_896.0,
                position_km: [-15_129.946_945_45, -36_907.745_262_21, -3_487.562_567_01],
                velocity_km_s: [2.581_167_187, -1.524_204_737, 0.504_805_763],
            },
        ],
    },
    Case {
        number: 6251,
        epoch: "2006-06-25T19:46:43.980096",
        elements: [15.56387291, 0.0030035, 58.0579, 54.0425, 139.1568, 221.1854, 0.00012808],
        states: [
            Published {
                minutes: 0.0,
                position_km: [3_988.310_226_99, 5_498.966_572_35, 0.900_558_79],
                velocity_km_s: [-3.290_032_738, 2.357_652_820, 6.496_623_475],
            },
            Published {
                minutes: 1_440.0,
                position_km: [-2_777.146_823_35, -5_663.160_317_08, -2_462.548_891_23],
                velocity_km_s: [4.915_493_146, 0.123_328_992, -5.896_495_091],
            },
            Published {
                minutes: 2_880.0,
                position_km: [1_159.278_028_97, 5_056.601_754_95, 4_353.494_185_79],
                velocity_km_s: [-5.968_060_341, -2.314_790_406, 4.230_722_669],
            },
        ],
    },
    Case {
        number: 8195,
        epoch: "2006-06-25T07:58:18.143616",
        elements: [2.00491383, 0.6877146, 64.1586, 279.0717, 264.7651, 20.2257, 0.00011873],
        states: [
            Published {
                minutes: 0.0,
                position_km: [2_349.894_833_50, -14_785.938_115_62, 0.021_193_78],
                velocity_km_s: [2.721_488_096, -3.256_811_655, 4.498_416_672],
            },
            Published {
                minutes: 1_440.0,
                position_km: [2_890.806_382_68, -15_446.439_523_00, 948.770_101_76],
                velocity_km_s: [2.654_407_490, -2.909_344_895, 4.486_437_362],
            },
            Published {
                minutes: 2_880.0,
                position_km: [3_417.209_315_86, -16_038.795_106_65, 1_894.749_340_58],
                velocity_km_s: [2.585_515_864, -2.596_818_146, 4.456_882_556],
            },
        ],
    },
    Case {
        number: 9880,
        epoch: "2006-06-25T13:28:40.0584",
        elements: [2.00813614, 0.7069051, 64.5968, 349.3786, 270.0229, 16.332, 0.0001],
        states: [
            Published {
                minutes: 0.0,
                position_km: [13_020.067_507_84, -2_449.071_935_00, 1.158_960_30],
                velocity_km_s: [4.247_363_935, 1.597_178_501, 4.956_708_611],
            },
            Published {
                minutes: 1_440.0,
                position_km: [14_369.903_037_35, -1_903.856_010_62, 1_722.153_198_52],
                velocity_km_s: [3.543_393_116, 1.701_687_176, 4.913_881_358],
            },
            Published {
                minutes: 2_880.0,
                position_km: [15_500.534_450_68, -1_332.909_810_42, 3_419.723_153_08],
                velocity_km_s: [2.960_917_974, 1.758_331_634, 4.813_698_638],
            },
        ],
    },
    Case {
        number: 9998,
        epoch: "2005-05-28T19:03:37.089792",
        elements: [1.16186785, 0.0270971, 9.4958, 313.175, 327.5225, 30.8097, 0.0],
        states: [
            Published {
                minutes: 0.0,
                position_km: [25_532.989_472_67, -27_244.263_279_53, -1.115_724_21],
                velocity_km_s: [2.410_283_885, 2.194_175_683, 0.545_888_526],
            },
            Published {
                minutes: -1_080.0,
                position_km: [37_732.454_386_00, 288.188_210_54, 4_643.875_874_95],
                velocity_km_s: [0.016_652_226, 3.225_184_410, 0.371_669_746],
            },
            Published {
                minutes: -720.0,
                position_km: [-8_535.815_981_58, 38_171.790_738_51, 3_331.003_112_85],
                velocity_km_s: [-3.043_839_958, -0.644_462_527, -0.445_808_894],
            },
        ],
    },
    Case {
        number: 11801,
        epoch: "1980-08-17T07:06:40.136832",
        elements: [2.28537848, 0.7318036, 46.7916, 230.4354, 47.4722, 10.4117, 0.014311],
        states: [
            Published {
                minutes: 0.0,
                position_km: [7_473.371_024_91, 428.947_483_12, 5_828.748_467_83],
                velocity_km_s: [5.107_155_391, 6.444_680_305, -0.186_133_297],
            },
            Published {
                minutes: 720.0,
                position_km: [14_271.290_838_58, 24_110.443_090_09, -4_725.763_201_43],
                velocity_km_s: [-0.320_504_528, 2.679_841_539, -2.084_054_355],
            },
            Published {
                minutes: 1_440.0,
                position_km: [9_787.878_362_56, 33_753.322_496_67, -15_030.798_746_25],
                velocity_km_s: [-1.094_251_553, 0.923_589_906, -1.522_311_008],
            },
        ],
    },
    Case {
        number: 14128,
        epoch: "2006-06-25T00:40:57.987552",
        elements: [0.98870114, 0.0011562, 11.4384, 35.2134, 26.4582, 333.5652, 0.0001],
        states: [
            Published {
                minutes: 0.0,
                position_km: [34_747.579_326_96, 24_502.371_140_79, -1.328_329_86],
                velocity_km_s: [-1.731_642_662, 2.452_772_615, 0.608_510_081],
            },
            Published {
                minutes: 1_440.0,
                position_km: [36_366.591_473_96, 22_023.542_457_20, -601.471_218_21],
                velocity_km_s: [-1.549_681_546, 2.571_788_981, 0.607_057_418],
            },
            Published {
                minutes: 2_880.0,
                position_km: [37_802.253_930_45, 19_433.573_300_19, -1_198.666_342_26],
                velocity_km_s: [-1.359_930_580, 2.677_830_903, 0.602_507_466],
            },
        ],
    },
    Case {
        number: 21897,
        epoch: "2006-06-25T00:33:42.834816",
        elements: [2.01269994, 0.7421690, 62.1749, 198.0096, 253.0462, 20.1561, -0.00013525],
        states: [
            Published {
                minutes: 0.0,
                position_km: [-14_464.721_351_82, -4_699.195_175_87, 0.066_816_86],
                velocity_km_s: [-3.249_312_013, -3.281_032_707, 4.007_046_940],
            },
            Published {
                minutes: 1_440.0,
                position_km: [-16_036.049_806_60, -6_372.514_064_68, 2_183.448_342_32],
                velocity_km_s: [-2.485_113_443, -2.994_994_355, 3.955_891_272],
            },
            Published {
                minutes: 2_880.0,
                position_km: [-17_246.310_756_78, -7_890.726_015_08, 4_315.394_103_07],
                velocity_km_s: [-1.910_968_458, -2.740_945_672, 3.844_722_726],
            },
        ],
    },
    Case {
        number: 22312,
        epoch: "2006-04-04T11:05:47.827968",
        elements: [15.95744531, 0.0308723, 62.1486, 77.4698, 267.9229, 88.7392, 0.00049949],
        states: [
            Published {
                minutes: 0.0,
                position_km: [1_442.101_329_12, 6_510.236_254_49, 8.831_458_85],
                velocity_km_s: [-3.475_714_837, 0.997_262_768, 6.835_860_345],
            },
            Published {
                minutes: 254.202_867_20,
                position_km: [3_269.543_418_10, 3_029.000_810_83, -4_704.679_697_13],
                velocity_km_s: [-0.526_711_345, 6.812_157_950, 3.929_825_087],
            },
            Published {
                minutes: 474.202_867_20,
                position_km: [-3_181.546_980_42, -3_831.299_765_06, 4_096.802_427_87],
                velocity_km_s: [1.114_159_970, -6.104_773_578, -4.829_967_400],
            },
        ],
    },
    Case {
        number: 23333,
        epoch: "1994-11-01T11:59:59.999136",
        elements: [0.07309491, 0.9728298, 28.749, 2.372, 30.436, 1.35, 0.0001],
        states: [
            Published {
                minutes: 0.0,
                position_km: [-9_301.245_422_92, 3_326.102_003_82, 2_318.364_411_27],
                velocity_km_s: [-8.729_303_005, -0.828_225_037, -0.122_314_827],
            },
            Published {
                minutes: 840.0,
                position_km: [-139_863.283_322_07, -49_436.457_041_53, -22_836.804_381_39],
                velocity_km_s: [-1.663_762_568, -0.845_315_913, -0.421_548_627],
            },
            Published {
                minutes: 1_600.0,
                position_km: [-200_638.829_862_36, -82_484.149_698_82, -39_488.343_314_47],
                velocity_km_s: [-1.186_748_462, -0.665_472_422, -0.337_037_582],
            },
        ],
    },
    Case {
        number: 23599,
        epoch: "2006-06-20T18:22:06.640032",
        elements: [4.47796565, 0.5782022, 6.9327, 0.2849, 274.4436, 25.2425, 0.0012956],
        states: [
            Published {
                minutes: 0.0,
                position_km: [9_892.637_943_41, 35.761_449_69, -1.082_288_38],
                velocity_km_s: [3.556_643_237, 6.456_009_375, 0.783_610_890],
            },
            Published {
                minutes: 360.0,
                position_km: [11_376.239_416_78, 12_858.971_213_66, 1_563.406_601_72],
                velocity_km_s: [-1.087_665_695, 4.374_693_347, 0.532_207_051],
            },
            Published {
                minutes: 720.0,
                // X-Val: the same program in AFSPC mode (python-sgp4 2.27, mode `a`): this orbit tells the modes apart.
                position_km: [7_141.247_425_265, 20_538.971_151_584, 2_501.180_599_657],
                velocity_km_s: [-2.293_079_623, 2.333_598_993, 0.282_727_441],
            },
        ],
    },
    Case {
        number: 24208,
        epoch: "2006-06-26T00:58:29.34336",
        elements: [1.00778054, 0.0026640, 3.8536, 80.0121, 311.0977, 48.3, 0.0001],
        states: [
            Published {
                minutes: 0.0,
                position_km: [7_534.109_871_89, 41_266.392_668_43, -0.108_010_28],
                velocity_km_s: [-3.027_168_008, 0.558_848_996, 0.207_982_755],
            },
            Published {
                minutes: 720.0,
                position_km: [-6_874.779_755_42, -41_530.383_294_22, -46.602_454_59],
                velocity_km_s: [3.027_415_087, -0.494_671_177, -0.207_337_260],
            },
            Published {
                minutes: 1_440.0,
                position_km: [5_501.081_371_00, 41_590.277_844_05, 138.325_229_30],
                velocity_km_s: [-3.050_691_874, 0.409_203_052, 0.207_958_133],
            },
        ],
    },
    Case {
        number: 25954,
        epoch: "2004-02-08T16:20:01.49424",
        elements: [1.00271289, 0.0001765, 0.0004, 243.8136, 15.5294, 22.7134, 0.0],
        states: [
            Published {
                minutes: 0.0,
                position_km: [8_827.156_604_72, -41_223.009_712_37, 3.634_829_63],
                velocity_km_s: [3.007_087_319, 0.643_701_323, 0.000_941_663],
            },
            Published {
                minutes: 0.0,
                position_km: [8_827.156_604_72, -41_223.009_712_37, 3.634_829_63],
                velocity_km_s: [3.007_087_319, 0.643_701_323, 0.000_941_663],
            },
            Published {
                minutes: 1_440.0,
                position_km: [9_533.277_508_18, -41_065.523_902_14, 3.307_564_82],
                velocity_km_s: [2.995_596_171, 0.695_200_236, 0.000_938_525],
            },
        ],
    },
    Case {
        number: 28057,
        epoch: "2006-06-26T18:52:04.079712",
        elements: [14.3547808, 0.0000884, 98.4283, 247.6961, 88.1964, 271.9322, 3.594e-05],
        states: [
            Published {
                minutes: 0.0,
                position_km: [-2_715.282_374_86, -6_619.264_368_89, -0.013_414_43],
                velocity_km_s: [-1.008_587_273, 0.422_782_003, 7.385_272_942],
            },
            Published {
                minutes: 1_440.0,
                position_km: [688.160_565_94, 4_124.876_189_64, 5_794.559_944_49],
                velocity_km_s: [2.810_973_665, 5.479_585_563, -4.224_866_316],
            },
            Published {
                minutes: 2_880.0,
                position_km: [1_788.423_345_80, 1_990.505_309_57, -6_640.593_377_25],
                velocity_km_s: [-2.074_169_091, -6.683_381_288, -2.562_777_776],
            },
        ],
    },
    Case {
        number: 28872,
        epoch: "2005-11-29T00:28:58.939104",
        elements: [16.46015938, 0.0303955, 96.4736, 157.9986, 244.0492, 110.6523, 0.00024476],
        states: [
            Published {
                minutes: 0.0,
                position_km: [-6_131.827_304_56, 2_446.528_155_28, -253.642_110_33],
                velocity_km_s: [-0.144_920_228, 0.995_100_963, 7.658_645_067],
            },
            Published {
                minutes: 25.0,
                position_km: [896.737_995_33, 447.123_573_05, 6_607.224_005_07],
                velocity_km_s: [6.983_396_282, -2.925_846_168, -0.872_655_207],
            },
            Published {
                minutes: 50.0,
                position_km: [5_548.433_259_22, -2_480.164_692_45, -1_979.243_145_27],
                velocity_km_s: [-2.763_269_534, 0.199_691_915, -7.482_796_996],
            },
        ],
    },
    Case {
        number: 29238,
        epoch: "2006-06-26T06:53:44.45664",
        elements: [15.73823839, 0.0202579, 51.5595, 213.7903, 95.2503, 267.901, 0.0013334],
        states: [
            Published {
                minutes: 0.0,
                position_km: [-5_566.595_128_19, -3_789.759_911_59, 67.603_822_45],
                velocity_km_s: [2.873_759_367, -3.825_340_523, 6.023_253_926],
            },
            Published {
                minutes: 720.0,
                position_km: [-5_776.813_716_22, -118.641_553_19, -3_641.220_524_18],
                velocity_km_s: [-2.539_917_207, -5.622_701_582, 4.403_125_405],
            },
            Published {
                minutes: 1_440.0,
                position_km: [-2_629.550_114_49, 3_400.980_401_58, -5_344.382_171_29],
                velocity_km_s: [-6.368_548_448, -3.998_963_509, 0.577_253_064],
            },
        ],
    },
    Case {
        number: 88888,
        epoch: "1980-10-01T23:41:24.11376",
        elements: [16.05824518, 0.0086731, 72.8435, 115.9689, 52.6988, 110.5714, 6.6816e-05],
        states: [
            Published {
                minutes: 0.0,
                position_km: [2_328.969_752_62, -5_995.220_513_38, 1_719.972_971_92],
                velocity_km_s: [2.912_073_281, -0.983_417_956, -7.090_816_210],
            },
            Published {
                minutes: 720.0,
                position_km: [2_567.562_296_95, -6_112.503_839_22, 713.963_744_35],
                velocity_km_s: [2.440_245_751, 0.098_109_002, -7.319_959_258],
            },
            Published {
                minutes: 1_440.0,
                position_km: [2_742.553_988_32, -6_079.670_091_23, -326.390_126_49],
                velocity_km_s: [1.948_497_651, 1.211_072_678, -7.356_193_131],
            },
        ],
    },
];
