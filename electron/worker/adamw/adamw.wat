;; AdamW over one piece of a tensor, four numbers at a time. ONNX Runtime has no operator that does: composed of its operators, an update goes over
;; the weights some thirteen times, where memory is all that it waits for.
;; One page of memory: parameter, first moment, second moment and gradient, 4096 float32 each. `adamw.ts` says what the scalars mean.
(module
  (memory (export "memory") 1 1)

  ;; Updates the first $bytes of parameter and moments. $bytes is a multiple of 16 above 0.
  (func (export "update") (param $bytes i32)
    (param $clip f32) (param $beta1 f32) (param $beta2 f32) (param $first_share f32) (param $second_share f32)
    (param $decay f32) (param $step_size f32) (param $epsilon f32)
    (local $at i32) (local $g v128) (local $m v128) (local $v v128) (local $least v128)
    ;; The least normal number of float32.
    (local.set $least (f32x4.splat (f32.const 0x1p-126)))
    (loop $next
      ;; Clipped before it is squared: what is too large for that is not, then.
      (local.set $g (f32x4.mul (v128.load offset=49152 (local.get $at)) (f32x4.splat (local.get $clip))))
      (local.set $m (f32x4.add
        (f32x4.mul (v128.load offset=16384 (local.get $at)) (f32x4.splat (local.get $beta1)))
        (f32x4.mul (local.get $g) (f32x4.splat (local.get $first_share)))))
      (local.set $v (f32x4.add
        (f32x4.mul (v128.load offset=32768 (local.get $at)) (f32x4.splat (local.get $beta2)))
        (f32x4.mul (f32x4.mul (local.get $g) (local.get $g)) (f32x4.splat (local.get $second_share)))))
      ;; Moments of what is no longer touched decay to denormals, which slow some processors thirtyfold: zero instead. What is no number stays so.
      (local.set $m (v128.andnot (local.get $m) (f32x4.lt (f32x4.abs (local.get $m)) (local.get $least))))
      (local.set $v (v128.andnot (local.get $v) (f32x4.lt (local.get $v) (local.get $least))))
      (v128.store offset=16384 (local.get $at) (local.get $m))
      (v128.store offset=32768 (local.get $at) (local.get $v))
      (v128.store (local.get $at) (f32x4.sub
        (f32x4.mul (v128.load (local.get $at)) (f32x4.splat (local.get $decay)))
        (f32x4.mul
          (f32x4.div (local.get $m) (f32x4.add (f32x4.sqrt (local.get $v)) (f32x4.splat (local.get $epsilon))))
          (f32x4.splat (local.get $step_size)))))
      (local.set $at (i32.add (local.get $at) (i32.const 16)))
      (br_if $next (i32.lt_u (local.get $at) (local.get $bytes)))))

  ;; The sum of squares of the first $bytes of the gradient, in float64. $bytes is a multiple of 16 above 0.
  (func (export "sum_of_squares") (param $bytes i32) (result f64)
    (local $at i32) (local $g v128) (local $low v128) (local $high v128) (local $sum v128) (local $other v128)
    (loop $next
      (local.set $g (v128.load offset=49152 (local.get $at)))
      (local.set $low (f64x2.promote_low_f32x4 (local.get $g)))
      (local.set $high (f64x2.promote_low_f32x4
        (i8x16.shuffle 8 9 10 11 12 13 14 15 8 9 10 11 12 13 14 15 (local.get $g) (local.get $g))))
      (local.set $sum (f64x2.add (local.get $sum) (f64x2.mul (local.get $low) (local.get $low))))
      (local.set $other (f64x2.add (local.get $other) (f64x2.mul (local.get $high) (local.get $high))))
      (local.set $at (i32.add (local.get $at) (i32.const 16)))
      (br_if $next (i32.lt_u (local.get $at) (local.get $bytes))))
    (local.set $sum (f64x2.add (local.get $sum) (local.get $other)))
    (f64.add (f64x2.extract_lane 0 (local.get $sum)) (f64x2.extract_lane 1 (local.get $sum)))))
